/** The part of autocannon (which brings no types) that the bench uses. */
declare module 'autocannon' {
  type Result = {
    requests: { average: number };
    non2xx: number;
    errors: number;
    statusCodeStats: Record<string, { count: number }>;
  };
  type Options = {
    url: string;
    connections: number;
    duration: number;
    headers?: Record<string, string>;
    requests?: { path: string; headers?: Record<string, string> }[];
  };
  export default function autocannon(options: Options): Promise<Result>;
}
