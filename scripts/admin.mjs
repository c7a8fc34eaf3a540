import { runOperatorCommand } from './operator-command.mjs'

// `npm run admin -- <command>`: for the operator, beside a running server too.

await runOperatorCommand('lib/admin/command.ts', process.argv.slice(2))
