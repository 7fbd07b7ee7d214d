import { fieldError, refusal } from '@idxcoop/platform';
import { BadRequestException, type CallHandler, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { StorageEngine } from 'multer';
import { fileTooLarge } from '../problems.templates';
import { notOneFile } from './import-cooperatives.templates';
import { StoredFile, type TakenFile } from './stored-file';

/** A hundred thousand rows with every column filled, and room. */
export const MOST_BYTES = 48 * 1024 * 1024;
const FORM_BYTES = 16 * 1024;

type Uploading = Request & { takeFile?: (stream: NodeJS.ReadableStream) => Promise<TakenFile>; file?: object };

/** Hands each file to the request that it came with. */
const STORAGE: StorageEngine = {
  _handleFile(request, file, done) {
    const { takeFile } = request as Uploading;
    const taken = takeFile?.(file.stream) ?? Promise.reject(new Error('nobody takes the file'));
    taken.then((info) => done(null, info as never), done);
  },
  _removeFile(_request, _file, done) {
    // It goes by itself within the hour.
    done(null);
  },
};

// Two files and a few fields are let in, so that what is too much can be named.
const Multipart = FileInterceptor('file', {
  storage: STORAGE,
  limits: { fileSize: MOST_BYTES, files: 2, fields: 10, fieldSize: 1_024, parts: 12 },
});

/** Takes in the one file of an upload as it streams, and says which part of a form does not belong there. */
@Injectable()
export class ReadFile extends Multipart {
  // Not in the constructor, whose parameters are those of the class above.
  @Inject(StoredFile) private readonly stored!: StoredFile;

  override async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<Uploading>();
    if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES + FORM_BYTES) throw fileTooLarge();
    request.takeFile = (stream) => this.stored.take(stream as AsyncIterable<Buffer>);
    try {
      const handled = await super.intercept(context, next);
      const extra = Object.keys((request.body ?? {}) as object);
      if (extra.length > 0) throw refusal(extra.map((name) => fieldError(`/${name}`, 'unknown_field')));
      return handled;
    } catch (error) {
      if (!(error instanceof BadRequestException)) throw error;
      throw refusal(tooMuch(error.message, request.file !== undefined));
    }
  }
}

/** The errors of a form with parts that we do not know; multer names the part behind its own words. */
function tooMuch(message: string, hasFile: boolean) {
  const name = / - (.+)$/.exec(message)?.[1];
  if (!name || name === 'file') return [fieldError('/file', notOneFile.code, notOneFile)];
  return [fieldError(`/${name}`, 'unknown_field'), ...(hasFile ? [] : [fieldError('/file', 'required')])];
}
