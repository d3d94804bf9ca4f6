import 'server-only';
import sax from 'sax';
import { ApiError } from '@/lib/contract/errors';

export type Attributes = Record<string, string>;

export interface XmlTaker {
  /** Names come without their namespace. */
  open?: (name: string, attributes: Attributes) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Follows an XML text; after each piece of it, `between` is waited for. */
export async function followXml(
  bytes: AsyncIterable<Buffer>,
  taker: XmlTaker,
  between?: () => Promise<void>,
): Promise<void> {
  const parser = sax.parser(true, { position: false });
  const { open, close, text } = taker;
  if (open)
    parser.onopentag = ({ name, attributes }) => {
      const plain: Attributes = {};
      for (const key in attributes) plain[local(key)] = attributes[key] as string;
      open(local(name), plain);
    };
  if (close) parser.onclosetag = (name) => close(local(name));
  if (text) {
    parser.ontext = text;
    parser.oncdata = text;
  }
  parser.onerror = (error) => {
    throw error;
  };
  const decoder = new TextDecoder();
  const write = (piece: string | null): void => {
    try {
      if (piece === null) parser.close();
      else parser.write(piece);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new ApiError('unprocessable', 'The workbook is damaged: a part of it is not sound XML.');
    }
  };
  for await (const piece of bytes) {
    write(decoder.decode(piece, { stream: true }));
    await between?.();
  }
  write(decoder.decode());
  write(null);
}
