import { runOperatorCommand } from './operator-command.mjs'

// `npm run backup -- <folder>`, and with `--restore` as its first word `npm run restore -- <folder>`.

const given = process.argv.slice(2)
const args = given[0] === '--restore' ? ['restore', ...given.slice(1)] : ['backup', ...given]
await runOperatorCommand('lib/backup/command.ts', args)
