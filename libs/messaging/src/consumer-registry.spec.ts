import { type ArgumentsHost, Catch, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { ConsumerRegistry, type NestHandler } from './consumer-registry';
import { EventConsumer, type HandlerMark, OnEvent } from './on-event';
import { throwError } from 'rxjs';

class MadeV1 {
  static readonly event = 'onboarding.thing.made.v1';
}

@Catch()
class SwallowFilter implements ExceptionFilter {
  catch(_exception: unknown, _host: ArgumentsHost): void {}
}

@EventConsumer('good')
class Good {
  @OnEvent(MadeV1)
  async on(): Promise<void> {}
}

@EventConsumer('filtered')
@UseFilters(SwallowFilter)
class Filtered {
  @OnEvent(MadeV1)
  async on(): Promise<void> {}
}

@EventConsumer('filtered-method')
class FilteredMethod {
  @OnEvent(MadeV1)
  @UseFilters(SwallowFilter)
  async on(): Promise<void> {}
}

class Nameless {
  @OnEvent(MadeV1)
  async on(): Promise<void> {}
}

function registryWith(
  owners: { prototype: { on(): Promise<void> } }[],
  callback: NestHandler = async () => undefined,
): ConsumerRegistry {
  const registry = new ConsumerRegistry('reporting');
  for (const owner of owners) {
    const extras = Reflect.getMetadata('microservices:pattern_extras', owner.prototype.on) as { marks: HandlerMark[] };
    registry.add(MadeV1.event, callback, extras);
  }
  return registry;
}

describe(ConsumerRegistry.name, () => {
  it('agrees with a map that says the same', () => {
    expect(() =>
      registryWith([Good]).check({ 'reporting.good': [MadeV1], 'notifications.other': [MadeV1] }),
    ).not.toThrow();
  });

  it.each([
    ['a consumer of the map is not handled', [], { 'reporting.good': [MadeV1] }, 'nothing handles it'],
    ['a handler is not in the map', [Good], {}, 'the map does not say so'],
    ['a class has no name', [Nameless], {}, 'has no @EventConsumer'],
    ['a consumer has two handlers of an event', [Good, Good], { 'reporting.good': [MadeV1] }, 'twice'],
    ['a class has a filter', [Filtered], { 'reporting.filtered': [MadeV1] }, 'Filtered.on has an exception filter'],
    [
      'a method has a filter',
      [FilteredMethod],
      { 'reporting.filtered-method': [MadeV1] },
      'FilteredMethod.on has an exception filter',
    ],
  ])('refuses when %s', (_, owners, map, problem) => {
    expect(() => registryWith(owners).check(map)).toThrow(problem);
  });

  it('rejects with what the handler threw, in both forms that Nest gives it', async () => {
    const error = new RangeError('too much');
    const [observable] = registryWith([Good], async () => throwError(() => error)).handlersOf(MadeV1.event);
    await expect(observable?.invoke({}, {})).rejects.toBe(error);
    const [rejected] = registryWith([Good], () => Promise.reject(error)).handlersOf(MadeV1.event);
    await expect(rejected?.invoke({}, {})).rejects.toBe(error);
  });
});
