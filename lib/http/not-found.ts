import { AppError } from '../errors.ts'

/** The one answer for a stranger's, a deleted and a never-seen file, so that they cannot be told apart. */
export function notFound() {
  return new AppError('not_found', {
    userMessage: 'There is no such video here. It may have been deleted.',
  })
}
