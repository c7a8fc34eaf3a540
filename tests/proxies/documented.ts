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

/** What operators have before they read the docs, and it works as well, but for pictures above nginx's 1 MB. */
export const undocumented: (Documented & { note: string })[] = [
  { proxy: 'nginx', basePath: '', config: bare, note: 'proxy_pass alone' },
  { proxy: 'nginx', basePath: '/studio', config: stripping, note: 'path taken off' },
]
