import { newId, RateLimits } from '@idxcoop/platform';
import type { AccessRequest } from '@idxcoop/platform';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { Readable } from 'node:stream';
import { EvidenceFiles } from '../evidence/evidence-files';
import { type Inspected, inspection } from '../evidence/inspection';
import { EvidenceGate } from './evidence-gate';

export const MOST_BYTES = 10 * 1024 * 1024;

/** A file that has been taken in; nobody's yet. */
export interface TakenIn extends Inspected {
  evidenceId: string;
}

type Done = (error: unknown, taken?: Partial<TakenIn>) => void;

/** Asks who hands something in before a byte of it is read, then lets the bytes stream to where they stay. */
@Injectable()
export class ReadEvidence implements NestInterceptor {
  private readonly multipart: NestInterceptor;

  constructor(
    private readonly files: EvidenceFiles,
    private readonly gate: EvidenceGate,
    private readonly limits: RateLimits,
  ) {
    const storage = {
      _handleFile: (_request: Request, { stream }: { stream: Readable }, done: Done) => void this.take(stream, done),
      _removeFile: (_request: Request, { evidenceId }: Partial<TakenIn>, done: (error: Error | null) => void) => {
        const gone = evidenceId ? this.files.delete(evidenceId) : Promise.resolve();
        gone.then(() => done(null), done);
      },
    };
    const bounds = { fileSize: MOST_BYTES, files: 1, fields: 5, fieldSize: 200, parts: 6 };
    const Multipart = FileInterceptor('file', { storage, limits: bounds } as never);
    this.multipart = new Multipart();
  }

  async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const id = request.params.id as string;
    await this.gate.open(id, request);
    await this.limits.take('evidence', id, { points: 100, seconds: 86_400 });
    return this.multipart.intercept(context, next);
  }

  private async take(stream: Readable, done: Done): Promise<void> {
    const evidenceId = newId();
    try {
      const inspected = inspection();
      await this.files.write(evidenceId, stream, inspected.stream);
      done(null, { evidenceId, ...inspected.result() });
    } catch (error) {
      done(error);
    }
  }
}
