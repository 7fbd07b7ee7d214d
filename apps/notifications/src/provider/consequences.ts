import { Log, Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { backoff } from '../message/backoff';
import { Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import type { StatusReport } from '../message/progress';
import { Suppressions } from '../suppression/suppressions';
import type { ErrorRule } from './error-rule';
import { lineOf, Lines } from './lines';
import { codeLabel, ruleOf } from './rules';

/** Refused so often for a reason that may pass, a message has failed with its last code. */
const MAX_REFUSALS = 8;
/** Meta's other statuses of the same sending may still be on their way. */
const LATE_WAIT = 60_000;

/** What a provider says of a message after it has taken it. */
export interface LateReport extends StatusReport {
  /** Of which sending. */
  providerIdHash?: string;
}

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
   * earlier one must not start yet another. A bounce has been tried by its server long enough.
   */
  async reported(id: string, { providerIdHash, ...report }: LateReport): Promise<void> {
    const message = await this.models.findById(id).lean();
    if (!message) return;
    const isOfEarlier = providerIdHash !== undefined && message.abandoned?.includes(providerIdHash);
    if (isOfEarlier && (report.status === 'sent' || report.status === 'failed')) return;
    const { status, code = 'failed' } = report;
    const rule = status === 'failed' ? ruleOf(message.channel, code) : undefined;
    if (!rule || message.failedAt || message.deliveredAt || message.readAt) return this.messages.report(id, report);
    await this.entail(message, code, rule);
    const wait = message.channel === 'whatsapp' ? this.waitOf(message, rule) : undefined;
    if (wait !== undefined && providerIdHash !== undefined) {
      if (await this.messages.sendAnew(id, { providerIdHash, code, afterMs: Math.max(wait, LATE_WAIT) })) return;
    }
    await this.messages.report(id, report);
  }
}
