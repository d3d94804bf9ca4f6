import { uploadImport, type ImportDetail, type ImportKind } from '@/lib/contract/imports';
import { addressOf, failureOf } from './call';
import { ApiFailure } from './failure';

interface Upload {
  workspace: string;
  file: File;
  kind?: ImportKind;
  /** From 0 to 1: how much of the file is on its way or there. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
}

/** Sends a file as it lies on disk. By XMLHttpRequest: fetch does not tell how much has gone. */
export function upload({ workspace, file, kind, onProgress, signal }: Upload): Promise<ImportDetail> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', addressOf(uploadImport, { query: { workspace, fileName: file.name, ...(kind && { kind }) } }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 1);
    request.onerror = () =>
      reject(new ApiFailure('offline', 'The upload broke off. Check the connection and try again.'));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onload = () => {
      const id = request.getResponseHeader('x-request-id');
      const wait = request.getResponseHeader('retry-after');
      const headers = new Headers({ ...(id && { 'x-request-id': id }), ...(wait && { 'retry-after': wait }) });
      const { status } = request;
      if (status < 200 || status > 299) {
        void failureOf(new Response(request.responseText, { status, headers })).then(reject);
        return;
      }
      const parsed = uploadImport.response.safeParse(jsonOf(request.responseText));
      if (parsed.success) resolve(parsed.data);
      else
        reject(new ApiFailure('internal', 'The server’s answer is not what this page understands.', { requestId: id }));
    };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
