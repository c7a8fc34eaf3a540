import { AppServer } from './app-server.ts'
import { makeDataFolder } from './data-folder.ts'

/** A server that is started like every other, with these variables beside its own. */
export async function startServerWith(variables: Record<string, string>): Promise<AppServer> {
  // Its constructor and its environment are its own affair, but for this one purpose.
  const server = Reflect.construct(AppServer, [await makeDataFolder()]) as AppServer
  const usual = server['environment'].bind(server)
  server['environment'] = () => ({ ...usual(), ...variables })
  await server.restart()
  return server
}
