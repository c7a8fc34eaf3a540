import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const docs = fileURLToPath(new URL('../../docs/operators.md', import.meta.url))
const block =
  /^```(nginx|caddyfile|apache)\n# (\w+), (at the root|below \/studio).*\n([\s\S]*?)^```$/gm

export interface Documented {
  /** `nginx`, `Caddy` or `Apache`. */
  proxy: string
  basePath: '' | '/studio'
  config: string
}

/** The configurations that `docs/operators.md` prints: what operators copy is what is tried. */
export function documentedConfigs(): Documented[] {
  return [...readFileSync(docs, 'utf8').matchAll(block)].map(([, , proxy, place, config]) => ({
    proxy: proxy!,
    basePath: place === 'at the root' ? '' : '/studio',
    config: config!,
  }))
}

// The exact configurations of cases P1 and P2: no Host, and a path that is taken off.
const bare =
  'server {\n\tlisten 80;\n\tlocation / {\n\t\tproxy_pass http://127.0.0.1:3000;\n\t}\n}\n'
const stripping = bare.replace('location /', 'location /studio/').replace(':3000;', ':3000/;')
// Without the slash after `/studio`, nginx asks for `//chat`.
const slipping = bare.replace('location /', 'location /studio').replace(':3000;', ':3000/;')
// What is copied from place to place: upgrades for all, a host of two parts, everything compressed, a certificate passed on.
const crowded = bare
  .replace('location /', `set $part "${'a'.repeat(2_000)}";\n\tlocation /`)
  .replace(
    '3000;',
    `3000;
		proxy_http_version 1.1;
		proxy_set_header Upgrade h2c;
		proxy_set_header Connection "upgrade";
		proxy_set_header Host $host:$server_port;
		proxy_set_header X-Forwarded-Host $host:$server_port;
		proxy_set_header X-Forwarded-For "203.0.113.6, $remote_addr";
		proxy_set_header X-SSL-Client-Cert $part$part$part;
		gzip on;
		gzip_proxied any;
		gzip_types *;`,
  )

/** What operators have before they read the docs, and it works as well, except for images above nginx's 1 MB. */
export const undocumented: (Documented & { note: string })[] = [
  { proxy: 'nginx', basePath: '', config: bare, note: 'proxy_pass alone' },
  { proxy: 'nginx', basePath: '/studio', config: stripping, note: 'path taken off' },
  {
    proxy: 'nginx',
    basePath: '/studio',
    config: slipping,
    note: 'path taken off, two slashes left',
  },
  { proxy: 'nginx', basePath: '', config: crowded, note: 'copied together' },
]
