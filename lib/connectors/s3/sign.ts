import 'server-only';
import { AwsV4Signer } from 'aws4fetch';
import type { S3Source } from '@/lib/contract/connector-sources';
import { ApiError } from '@/lib/contract/errors';
import type { Visit } from '../visit';

/** The address of a key, or with none of the bucket, as every S3-compatible service understands it. */
export function addressOf({ endpoint, bucket }: S3Source, key: string): URL {
  const path = [bucket, ...key.split('/')].map(strictly).join('/');
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  url.search = '';
  return url;
}

/** As the signature wants it: dots as parts of a path would be read as steps up. */
function strictly(part: string): string {
  if (part === '.' || part === '..') throw new ApiError('unprocessable', 'its key cannot be asked for by an address.');
  return encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Signs each request as AWS's fourth version has it; without a key it is asked as anybody may. */
export function signer({ source, subject }: Visit<S3Source>): (url: URL) => Promise<Record<string, string>> {
  const { accessKeyId, region } = source;
  const { secretAccessKey } = subject.secrets;
  if (accessKeyId === undefined && secretAccessKey === undefined) return () => Promise.resolve({});
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new ApiError(
      'unprocessable',
      'source.accessKeyId and secrets.secretAccessKey belong together: give both, or none.',
    );
  return async (url) => {
    const signed = await new AwsV4Signer({
      url: url.href,
      method: 'GET',
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
    }).sign();
    return Object.fromEntries(signed.headers);
  };
}
