import { useDatabase } from '#lib/db/client'
import { serveStudio } from './studio.ts'

// Run by mcp.test.ts: the studio in a process that is killed. Says where it is once it can be asked.

const [databaseUrl, port] = process.argv.slice(2)
useDatabase(databaseUrl!)
const { url } = await serveStudio(Number(port))
process.stdout.write(`${url}\n`)
