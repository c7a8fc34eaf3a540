import { AppError } from '../errors.ts'

/** The one answer for a stranger's, a deleted and a never-seen chat, so that nobody can tell them apart. */
export function chatNotFound() {
  return new AppError('not_found', {
    userMessage: 'There is no such chat here. It may have been deleted.',
  })
}
