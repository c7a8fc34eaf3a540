import { beginningOf } from '#lib/contract/text/plain-text'
import { hasFields } from '#lib/contract/problem'
import { isPageSession, pageSession } from '#lib/contract/calls/page-session'

/** A file that was not finished when this browser last saw it. */
export interface FollowedNote {
  fileId: string
  prompt: string
  /** Whose it is; null where the session was not known. */
  session: string | null
}

const key = 'photofinish.followed'
const notesAtMost = 20
const promptMaxLength = 120

/**
 * Notes a file that is followed, beyond the life of the page: one that belongs to another session after a reload is
 * in no list of the server any more, and would disappear without a message.
 */
export function noteFollowed(fileId: string, prompt: string) {
  const notes = readNotes()
  if (notes.some((note) => note.fileId === fileId)) return
  const note = {
    fileId,
    prompt: beginningOf(prompt, promptMaxLength),
    session: pageSession() ?? null,
  }
  write([...notes, note].slice(-notesAtMost))
}

/** It came to its end, or the user was told. */
export function forgetFollowed(fileId: string) {
  const notes = readNotes()
  const left = notes.filter((note) => note.fileId !== fileId)
  if (left.length < notes.length) write(left)
}

/**
 * Before this page goes on as another account, or as none: its files are not lost, and what they show is no business of
 * the next user of the browser.
 */
export function forgetOwnFollowed() {
  write(readNotes().filter(({ session }) => !isPageSession(session)))
}

/**
 * The files that were followed here and are not this page's: another session's, or of one whose cookie is refused.
 * Those of this session that are not unfinished any more are forgotten.
 */
export function lostNotes(unfinishedIds: readonly string[]): FollowedNote[] {
  const isOurs = ({ session }: FollowedNote) => isPageSession(session)
  const notes = readNotes()
  const kept = notes.filter((note) => !isOurs(note) || unfinishedIds.includes(note.fileId))
  if (kept.length < notes.length) write(kept)
  return kept.filter((note) => !isOurs(note))
}

function readNotes(): FollowedNote[] {
  try {
    const notes: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(notes) ? notes.filter(isNote) : []
  } catch {
    // Storage is blocked, or holds what is not ours: there is nothing to tell of.
    return []
  }
}

function write(notes: FollowedNote[]) {
  try {
    localStorage.setItem(key, JSON.stringify(notes))
  } catch {
    // Storage is blocked or full: then a reload tells less.
  }
}

function isNote(value: unknown): value is FollowedNote {
  return hasFields(value, { fileId: 'string', prompt: 'string' })
}
