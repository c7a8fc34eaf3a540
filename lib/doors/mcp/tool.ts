import type { CallToolResult } from '@modelcontextprotocol/server'
import type { z } from 'zod'
import type { Caller } from '#lib/contract/people/caller'

export interface Asked {
  request: Request
  caller: Caller
}

/** One call of a tool. */
export interface Call extends Asked {
  /** Aborted once its client is gone. */
  signal: AbortSignal
  /** Tells how far it is; there where the client asked for it. Each number is larger than the one before. */
  tell?: (told: { progress: number; total: number; message: string }) => Promise<void>
}

export interface ToolAnswer extends Pick<CallToolResult, 'content'> {
  structuredContent: Record<string, unknown>
}

export interface Tool {
  name: string
  title: string
  /** For the language model that chooses. */
  description: string
  /** What a key needs for it; `any` where each may. */
  scope: 'read' | 'generate' | 'any'
  annotations: { readOnlyHint: boolean; destructiveHint: boolean; idempotentHint: boolean }
  input: z.ZodObject
  output: z.ZodObject
  run(args: unknown, call: Call): Promise<ToolAnswer>
}
