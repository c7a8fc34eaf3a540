import ipaddr from 'ipaddr.js'
import { isPaid } from '#lib/contract/money'
import type { Caller } from '#lib/contract/people/caller'
import { type MessageRef, message } from '#lib/messages/message'
import { findModel } from '../ai/models/catalogue.ts'
import type { Route } from '../ai/models/model.ts'
import { providerSetups, providers } from '../ai/providers/index.ts'
import { type Env, env } from '../env.ts'
import { AppError } from '../errors.ts'
import { processWide } from '../process-wide.ts'

/** Who may use what costs money: all that reach the studio, or those with an account. */
export interface Access {
  mode: 'open' | 'members'
  /** Why, for the readers of `/health`. */
  reason: MessageRef
  /** The same for the log of the start, as the end of a sentence. */
  because: string
}

type Settings = Pick<Env, 'ACCESS' | 'HOST' | 'PUBLIC_URL' | 'ALLOWED_HOSTS' | 'TRUST_PROXY'>

/**
 * What `ACCESS` says. Left to itself it is `open` while nothing here can cost money, or while only this machine reaches the
 * studio; else `members`: no stranger who finds the address spends the operator's money.
 */
export function accessMode(set: Settings = env(), keys = paidKeys()): Access {
  const { ACCESS, HOST: host } = set
  if (ACCESS === 'open')
    return { mode: 'open', reason: message('access.setOpen'), because: 'ACCESS is open' }
  if (ACCESS === 'members')
    return { mode: 'members', reason: message('access.setMembers'), because: 'ACCESS is members' }
  const [variable] = keys
  if (variable === undefined) {
    const because = 'nothing here costs money'
    return { mode: 'open', reason: message('access.allFree'), because }
  }
  const way = wayIn(set)
  if (!way) {
    const because = `the server listens on ${host} only`
    return { mode: 'open', reason: message('access.onlyHere', { host }), because }
  }
  return {
    mode: 'members',
    reason: message('access.reachable', { variable, way: way.reason }),
    because: `${variable} is set and ${way.because}`,
  }
}

/** Who may spend, as the start tells it. */
export function accessLine() {
  const { mode, because } = accessMode()
  return `Access: ${mode}, because ${because}`
}

/** What an open sign-up means where the operator pays; undefined where it means nothing. */
export function openSignUpWarning({ SIGN_UP, BILLING } = env()): MessageRef | undefined {
  if (SIGN_UP !== 'open' || BILLING !== 'off' || paidKeys().length === 0) return undefined
  if (accessMode().mode === 'open') return undefined
  return message('access.openSignUp')
}

/** How others than this machine reach the studio; undefined where they do not. */
function wayIn(set: Settings) {
  const { HOST: host, PUBLIC_URL: url, ALLOWED_HOSTS: names, TRUST_PROXY: proxies } = set
  if (!isLoopback(host))
    return {
      reason: message('access.listens', { host }),
      because: `the server listens on ${host}`,
    }
  if (url && !isLoopback(new URL(url).hostname))
    return { reason: message('access.published', { url }), because: `PUBLIC_URL is ${url}` }
  if (proxies > 0)
    return {
      reason: message('access.proxied'),
      because: 'TRUST_PROXY says that a proxy leads here',
    }
  const name = names.find((one) => !isLoopback(one))
  if (name)
    return { reason: message('access.named', { name }), because: `ALLOWED_HOSTS has ${name}` }
  if (proxy().isSeen)
    return { reason: message('access.seenProxy'), because: 'requests come through a proxy' }
  return undefined
}

/** Others reach the studio through a proxy on this machine that no setting tells of. Holds until the process ends. */
export function noteProxy() {
  proxy().isSeen = true
}

function proxy() {
  return processWide('proxy seen', () => ({ isSeen: false }))
}

function isLoopback(host: string) {
  const name = host.replace(/^\[|\]$|\.$/g, '').toLowerCase()
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback'
}

/** The variables that are set and make something here cost money: keys of providers, and of the chat's model. */
function paidKeys(): string[] {
  const { CHAT_BASE_URL, CHAT_API_KEY, CHAT_MODEL, GOOGLE_GENERATIVE_AI_API_KEY } = env()
  const ofProviders = providerSetups
    .filter(({ id, billingUrl }) => billingUrl !== null && providers().has(id))
    .flatMap(({ variables }) => variables.find(({ isRequired }) => isRequired)?.name ?? [])
  const ofChat = [
    CHAT_BASE_URL && CHAT_API_KEY && 'CHAT_API_KEY',
    GOOGLE_GENERATIVE_AI_API_KEY && 'GOOGLE_GENERATIVE_AI_API_KEY',
  ]
  return [...ofProviders, ...ofChat.filter((name) => CHAT_MODEL && name)].map(String)
}

/** Whether this caller may use what is free, and nothing else. */
export function mayUseOnlyFree({ isVisitor }: Pick<Caller, 'isVisitor'>) {
  return isVisitor && accessMode().mode === 'members'
}

/** By what the provider takes, whatever users are asked for. */
export function canCost({ price }: Pick<Route, 'price'>) {
  return isPaid(price)
}

/** Throws `sign_in_required` where a caller may not use a model, since one of its providers takes money. */
export function assertMaySpend(caller: Pick<Caller, 'isVisitor'>, modelId: string) {
  const isFree = findModel(modelId)?.routes.every((route) => !canCost(route)) ?? false
  if (!isFree && mayUseOnlyFree(caller)) throw signInRequired()
}

export function signInRequired() {
  return new AppError('sign_in_required', { userMessage: message('errors.signInToSpend') })
}
