import { Internal } from '@idxcoop/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ListChannelsHandler } from './list-channels.handler';
import { DeliveryQuery, OfficialDeliveryQuery, OfficialsQuestion } from './resolve-delivery.dto';
import { ResolveDeliveryHandler } from './resolve-delivery.handler';
import { ResolveOfficialHandler } from './resolve-official.handler';

/** What other services may ask, with a service token. */
@ApiExcludeController()
@Internal()
@Controller('internal')
export class ResolveDeliveryController {
  constructor(
    private readonly contacts: ResolveDeliveryHandler,
    private readonly officials: ResolveOfficialHandler,
    private readonly channels: ListChannelsHandler,
  ) {}

  @Get('contacts/:id/delivery')
  delivery(@Param('id') id: string, @Query() query: DeliveryQuery) {
    return this.contacts.execute(id, query);
  }

  @Get('contacts/:id/channels')
  channelsOf(@Param('id') id: string) {
    return this.channels.ofContact(id);
  }

  @Get('officials/:id/channels')
  channelsOfOfficial(@Param('id') id: string) {
    return this.channels.ofOfficial(id);
  }

  @Get('cooperatives/:id/contacts')
  contactsOf(@Param('id') id: string, @Query('verified') verified?: string) {
    return this.contacts.contactsOf(id, verified === 'true');
  }

  @Get('officials')
  list(@Query() question: OfficialsQuestion) {
    return this.officials.list(question);
  }

  @Get('officials/:id/delivery')
  officialDelivery(@Param('id') id: string, @Query() query: OfficialDeliveryQuery) {
    return this.officials.delivery(id, query);
  }
}
