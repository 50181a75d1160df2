// The domain compiles without DOM and Node types. `URL` is the one platform class it uses; Node and browsers agree on it.
interface URL {
  readonly href: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
}
declare var URL: { prototype: URL; new (url: string): URL };
