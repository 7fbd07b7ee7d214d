import { fieldError, refusal } from '@idxcoop/platform';
import { BadRequestException, type CallHandler, type ExecutionContext, Injectable } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request } from 'express';
import { notOneFile } from './import-cooperatives.templates';

const MOST_BYTES = 10 * 1024 * 1024;

// Two files and a few fields are let in, so that what is too much can be named.
const Multipart = FileInterceptor('file', {
  limits: { fileSize: MOST_BYTES, files: 2, fields: 10, fieldSize: 1_024, parts: 12 },
});

/** Reads the one file of an upload, and says which part of a form does not belong there. */
@Injectable()
export class ReadFile extends Multipart {
  override async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<Request & { file?: object }>();
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
