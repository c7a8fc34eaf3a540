'use client'
import useSWR, { mutate } from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { type AccountView, isAccountView } from '#lib/contract/people/account'
import { ProblemError, readAnswer } from '#lib/contract/problem'

const key = withBasePath('/api/account')

/** Who is signed in here, and what there is to sign in to; undefined until known. */
export function useAccount(): AccountView | undefined {
  return useSWR(key, readAccount).data
}

/** The same for a page that cannot go on without it. */
export function useAccountPage() {
  const { data, error } = useSWR(key, readAccount)
  return {
    account: data,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: reloadAccount,
  }
}

/** After a change of the account: everything on the page that shows it follows. */
export async function reloadAccount() {
  await mutate(key)
}

async function readAccount(url: string) {
  return readAnswer(await callApi(url), isAccountView)
}
