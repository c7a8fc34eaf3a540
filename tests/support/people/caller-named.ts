import type { Caller } from '#lib/contract/people/caller'

/** A visitor with this id, for what a test starts or reads by hand; a signed-in user where the test says so. */
export function callerNamed(id: string, differences: Partial<Caller> = {}): Caller {
  return {
    ownerId: id,
    userId: id,
    isVisitor: true,
    role: 'user',
    keyId: null,
    scopes: null,
    ...differences,
  }
}
