import { Injectable } from '@nestjs/common';
import { Resolver } from 'node:dns/promises';

/** No such name, or one without an address: asking again soon gets the same answer. */
const GONE = new Set(['ENOTFOUND', 'ENODATA']);

/** What is known of a name: its addresses, or why there are none. */
export type Resolved = { addresses: string[] } | { missing: 'no_such_name' | 'dns_failed' };

/**
 * Asks the name servers for A and AAAA. Not the machine's own table of hosts, nor its search domains: a name is what the
 * world calls so.
 */
@Injectable()
export class NameResolver {
  async resolve(name: string): Promise<Resolved> {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return { addresses };
    const failed = answers.some(
      (answer) => answer.status === 'rejected' && !GONE.has((answer.reason as NodeJS.ErrnoException).code ?? ''),
    );
    return { missing: failed ? 'dns_failed' : 'no_such_name' };
  }
}
