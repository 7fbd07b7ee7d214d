import { Clock, Mongo, newId, Revocations, Tokens } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { sessionEnded } from '../problems.templates';
import { RefreshTokens } from './refresh-tokens';
import { Session, type SessionEnd, sessionExpiry } from './session.schema';
import { type Subject, Subjects } from './subjects';

/** An answer that got lost is asked for again within this time: by the same token, for the same next one. */
const LOST_ANSWER_MS = 60_000;
const KEEP_MS = 200 * 86_400_000;

/** Who is signed in, and the tokens that prove it. */
@Injectable()
export class Sessions {
  constructor(
    @InjectModel(Session.name) private readonly sessions: Model<Session>,
    private readonly subjects: Subjects,
    private readonly tokens: Tokens,
    private readonly revocations: Revocations,
    private readonly refreshTokens: RefreshTokens,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /** Opens a session for somebody who has proved to be who they are. */
  async open(subject: Subject, session: ClientSession): Promise<{ opened: Session; refreshToken: string }> {
    const at = this.clock.now();
    const { kind, subjectId } = subject;
    const id = newId();
    const refreshToken = this.refreshTokens.first(id);
    const opened = {
      _id: id,
      kind,
      subjectId,
      ...(subject.kind === 'cooperative' && { cooperativeId: subject.cooperativeId }),
      tokenHash: this.refreshTokens.hash(refreshToken),
      createdAt: at,
      lastUsedAt: at,
      expiresAt: sessionExpiry({ kind, createdAt: at }, at),
      forgetAt: new Date(Date.now() + KEEP_MS),
    } as Session;
    await this.sessions.insertMany([opened], { session });
    return { opened, refreshToken };
  }

  /**
   * The next token for the last one. The next is derived from the last, so an answer that got lost is given once more, and two windows
   * that ask at once get the same. A token whose successor was used is in two hands: the whole family ends.
   */
  async refresh(refreshToken: string) {
    const at = this.clock.now();
    const hash = this.refreshTokens.hash(refreshToken);
    const next = this.refreshTokens.next(refreshToken);
    const found = await this.sessions.findById(this.refreshTokens.sessionOf(refreshToken)).lean<Session>();
    if (!found || found.endedAt || found.expiresAt <= at) throw sessionEnded();
    const subject = await this.subjects.current(found);
    if (!subject) {
      await this.end({ _id: found._id }, 'subject_gone');
      throw sessionEnded();
    }
    const changes = { lastUsedAt: at, expiresAt: sessionExpiry(found, at) };
    const rotated = await this.sessions.updateOne(
      { _id: found._id, tokenHash: hash, endedAt: null },
      { $set: { tokenHash: this.refreshTokens.hash(next), previousHash: hash, rotatedAt: at, ...changes } },
    );
    if (rotated.modifiedCount === 0) await this.refuseReuse(found._id, refreshToken, at);
    return this.answer({ ...found, ...changes }, subject, next);
  }

  /** What somebody gets who is let in. */
  async answer(session: Pick<Session, '_id' | 'expiresAt'>, subject: Subject, refreshToken: string) {
    const grant =
      subject.kind === 'official'
        ? { roles: subject.roles, territory: subject.territory }
        : { roles: ['applicant'] as const, cooperativeId: subject.cooperativeId };
    const { subjectId, kind, name } = subject;
    const { token, seconds } = await this.tokens.issue({ subject: subjectId, ...grant, sessionId: session._id });
    return {
      state: 'signed_in' as const,
      tokenType: 'Bearer',
      accessToken: token,
      expiresIn: seconds,
      refreshToken,
      refreshExpiresAt: session.expiresAt.toISOString(),
      sessionId: session._id,
      subject: { kind, id: kind === 'official' ? subjectId : subject.cooperativeId, name, ...grant },
    };
  }

  /** The session of a token that holds, whoever shows it. */
  async idOf(refreshToken: string): Promise<string | null> {
    const _id = this.refreshTokens.sessionOf(refreshToken);
    const found = await this.sessions
      .findOne({ _id, tokenHash: this.refreshTokens.hash(refreshToken) })
      .lean<Session>();
    return found?._id ?? null;
  }

  /** The sessions of somebody that are still on, the newest first. */
  live(subjectId: string): Promise<Session[]> {
    return this.sessions
      .find({ subjectId, endedAt: null, expiresAt: { $gt: this.clock.now() } })
      .sort({ createdAt: -1 })
      .limit(200)
      .lean<Session[]>()
      .exec();
  }

  /** Ends sessions at once: no refresh token of theirs holds any more, and no access token that is out. Answers how many. */
  async end(which: QueryFilter<Session>, reason: SessionEnd, session?: ClientSession): Promise<number> {
    const options = session ? { session } : {};
    const found = await this.sessions.find({ ...which, endedAt: null }, { _id: 1 }, options).lean<Session[]>();
    const ids = found.map(({ _id }) => _id);
    if (ids.length === 0) return 0;
    const ended = { endedAt: this.clock.now(), endReason: reason };
    await this.sessions.updateMany({ _id: { $in: ids }, endedAt: null }, { $set: ended }, options);
    if (session) this.mongo.afterCommit(session, () => void this.revocations.mark(ids));
    else await this.revocations.mark(ids);
    return ids.length;
  }

  private async refuseReuse(id: string, refreshToken: string, at: Date): Promise<void> {
    const now = await this.sessions.findById(id).lean<Session>();
    const isLast = now?.previousHash === this.refreshTokens.hash(refreshToken) && !now.endedAt;
    if (isLast && at.getTime() - (now.rotatedAt?.getTime() ?? 0) < LOST_ANSWER_MS) return;
    // A made-up token under a known id proves nothing and must end nobody's session.
    if (this.refreshTokens.isOurs(refreshToken)) await this.end({ _id: id }, 'token_reused');
    throw sessionEnded();
  }
}
