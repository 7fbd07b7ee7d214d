import { Log, Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { backoff } from '../message/backoff';
import { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { isOfEarlier, type StatusReport } from '../message/progress';
import { Suppressions } from '../suppression/suppressions';
import type { ErrorRule } from './error-rule';
import { lineOf, Lines } from './lines';
import { codeLabel, ruleOf } from './rules';

/** Refused so often for a reason that may pass, a message has failed with its last code. */
const MAX_REFUSALS = 8;
/** Meta's other statuses of the same sending may still be on their way. */
const LATE_WAIT = 60_000;

/** What follows from a code of a provider, the same whether it was the answer or came later. */
@Injectable()
export class Consequences {
  private readonly alerts;

  constructor(
    @InjectModel(Message.name) private readonly models: Model<Message>,
    private readonly messages: Messages,
    private readonly lines: Lines,
    private readonly suppressions: Suppressions,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.alerts = metrics.counter('provider_alerts_total', 'Refusals that are ours to mend', ['channel', 'code']);
  }

  /** What follows for others than the message itself. Done twice it changes nothing but the end of a stop. */
  async entail(message: Message, code: string, rule: ErrorRule, addressHash = message.addressHash): Promise<void> {
    const line = lineOf(message, rule.action);
    if (line) await this.lines.stop(line, code, rule.waitSeconds ?? 600);
    if (rule.action === 'suppress' && addressHash)
      await this.suppressions.add([addressHash], rule.scope ?? 'all', code);
    if (rule.alert) {
      const { channel, template } = message;
      this.alerts.inc({ channel, code: codeLabel(channel, code) });
      this.log.error(
        { channel, template, reason: code },
        'a provider refuses a message for a reason that is ours to mend',
      );
    }
  }

  /** Milliseconds until the message may be tried again; undefined where it has failed. */
  waitOf(message: Message, rule: ErrorRule): number | undefined {
    const wait = (rule.waitSeconds ?? 0) * 1000;
    switch (rule.action) {
      case 'retry':
      case 'hold':
        if (message.refusals + 1 >= MAX_REFUSALS) return undefined;
        return Math.max(wait, 0) + backoff(message.refusals + 1);
      case 'refresh_token':
      case 'stop_bulk':
      case 'stop_template':
      case 'stop_line':
        return rule.ends ? undefined : wait;
      default:
        return undefined;
    }
  }

  /**
   * Takes in a report. `failed` says that the message was not delivered, so where its rule allows another attempt there is one, once the
   * provider has had time to contradict itself. That needs to be told of which sending it speaks: a repeated report of an
   * earlier one must not start yet another. A bounce has been tried by its server long enough. False where it is too early for that: the
   * message is in the hands of who sends it, who does not know yet that it was taken.
   */
  async reported(id: string, report: StatusReport): Promise<boolean> {
    const message = await this.models.findById(id).lean();
    if (!message || isOfEarlier(message, report)) return true;
    const { status, code = 'failed', providerIdHash } = report;
    const rule = status === 'failed' ? ruleOf(message.channel, code) : undefined;
    if (!rule || message.failedAt || message.deliveredAt || message.readAt) {
      await this.messages.report(id, report);
      return true;
    }
    const wait = message.channel === 'whatsapp' ? this.waitOf(message, rule) : undefined;
    const mayGoAnew = wait !== undefined && providerIdHash !== undefined;
    if (mayGoAnew && message.state === 'sending') return false;
    await this.entail(message, code, rule);
    if (mayGoAnew) {
      if (await this.messages.sendAnew(id, { providerIdHash, code, afterMs: Math.max(wait, LATE_WAIT) })) return true;
    }
    await this.messages.report(id, report);
    return true;
  }
}
