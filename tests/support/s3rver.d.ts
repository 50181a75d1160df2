/** The part of s3rver (which brings no types) that the tests use. */
declare module 's3rver' {
  type Context = { method: string; path: string };
  export default class S3rver {
    constructor(options: {
      silent: boolean;
      address: string;
      port: number;
      directory: string;
      configureBuckets: { name: string; configs: string[] }[];
    });
    middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}
