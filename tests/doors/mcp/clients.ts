import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

export interface ToolResult {
  isError?: boolean
  content: { type: string; text?: string; uri?: string; mimeType?: string; size?: number }[]
  structuredContent?: Record<string, unknown>
  _meta?: { 'photofinish/error'?: { code: string; retryable: boolean; fields?: unknown[] } }
}

interface Progress {
  progress: number
  total?: number | undefined
  message?: string | undefined
}

/** A client of one of the protocol's forms, as far as the tests use it. */
export interface McpClient {
  tools(): Promise<{ name: string; outputSchema?: object }[]>
  call(
    name: string,
    args?: Record<string, unknown>,
    onprogress?: (told: Progress) => void,
  ): Promise<ToolResult>
  close(): Promise<void>
}

const info = { name: 'test', version: '1.0.0' }
const withKey = (key: string) => ({ requestInit: { headers: { authorization: `Bearer ${key}` } } })

/** The official client of 2.4.0, which speaks the form of 2026 and nothing else here. */
async function connectNewer(url: string, key: string): Promise<McpClient> {
  const client = new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
  await client.connect(new StreamableHTTPClientTransport(new URL('/api/mcp', url), withKey(key)))
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (name, args = {}, onprogress) =>
      (await client.callTool(
        { name, arguments: args },
        onprogress && { onprogress },
      )) as ToolResult,
    close: () => client.close(),
  }
}

/** The official client of 1.32.2, of the form of 2025. */
async function connectOlder(url: string, key: string): Promise<McpClient> {
  const client = new OlderClient(info)
  await client.connect(new OlderTransport(new URL('/api/mcp', url), withKey(key)))
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (name, args = {}, onprogress) =>
      (await client.callTool(
        { name, arguments: args },
        undefined,
        onprogress && { onprogress },
      )) as ToolResult,
    close: () => client.close(),
  }
}

export const eras = { 'the form of 2026': connectNewer, 'the form of 2025': connectOlder }
