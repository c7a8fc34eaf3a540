import type { CanvasChange, CanvasEdgeRole, CanvasNode } from '#lib/contract/canvas/canvas'
import type { ModelView } from '#lib/contract/model-view'
import { newId } from '#lib/ai/api/new-id'
import { message, type Sentence } from '#lib/messages/message'
import { newNode } from '../edit/new-node.ts'
import type { Editor, OpenMenu } from '../editor.ts'
import type { Point } from '../shape/places.ts'
import { roleName } from '../use-names.ts'
import type { Words } from './edge-menu.ts'
import { kindsAfter, newEdge, type Offer, offerBetween } from './roles.ts'

interface Joining {
  source: string
  target: string
  /** Of the window: where a menu opens. */
  at: Point
}

type Say = (sentence: Sentence) => string

/**
 * Joins two nodes: at once where one role fits, and else by a menu of those that do. What the target's model does not
 * take is in it with the reason, and with models that would: choosing one sets it.
 */
export function join(
  editor: Editor,
  { source: from, target: to, at }: Joining,
  t: Words,
  say: Say,
) {
  const { nodes, edges } = editor.doc.read()
  const source = nodes.get(from)
  const target = nodes.get(to)
  if (!source || !target) return
  const offer = offerBetween({ source, target, edges, models: editor.modelsFor(target) })
  const take = (role: CanvasEdgeRole, model?: ModelView) =>
    connect(editor, source, target, role, model)
  const [only, ...more] = offer.fits
  if (offer.never) editor.refuse(offer.never)
  else if (only && more.length === 0 && offer.refused.length === 0) take(only)
  else
    editor.openMenu(
      roleMenu(offer, { at, label: say(message('canvas.useAs')), from: source.kind, take, t, say }),
    )
}

interface RoleMenuOptions {
  at: Point
  label: string
  from: CanvasNode['kind']
  take: (role: CanvasEdgeRole, model?: ModelView) => void
  t: Words
  say: Say
}

const modelsAtMost = 3

function roleMenu({ fits, refused }: Offer, options: RoleMenuOptions): OpenMenu {
  const { at, label, from, take, t, say } = options
  const fitting = fits.map((role) => ({
    label: roleName(t, role, from),
    onSelect: () => take(role),
  }))
  const others = refused.map(({ role, why, models }) => ({
    title: say(message('canvas.roleRefused', { role: roleName(t, role, from), why })),
    items: models.slice(0, modelsAtMost).map((model) => ({
      label: say(message('canvas.takeModel', { model: model.label })),
      onSelect: () => take(role, model),
    })),
  }))
  const parts = fitting.length > 0 ? [{ title: label, items: fitting }, ...others] : others
  return { at, label, parts }
}

function connect(
  editor: Editor,
  source: CanvasNode,
  target: CanvasNode,
  role: CanvasEdgeRole,
  model?: ModelView,
) {
  const { doc } = editor
  const edge = newEdge(
    newId('edge'),
    { source: source.id, target: target.id, role },
    doc.read().edges,
  )
  const change: CanvasChange[] = [{ change: 'add', edge }]
  if (model && 'settings' in target) {
    const settings = { ...target.settings, model: model.id }
    change.push({ change: 'set', id: target.id, fields: { settings } })
  }
  doc.apply(change)
  editor.announce(message(`canvas.joined.${role}`))
}

/** An edge let go over the empty canvas: a menu of the nodes that could follow. */
export function offerNodes(
  editor: Editor,
  { source: from, at }: Omit<Joining, 'target'>,
  t: Words,
  say: Say,
) {
  const source = editor.doc.read().nodes.get(from)
  const kinds = source ? kindsAfter(source.kind) : []
  if (!source || kinds.length === 0) return
  const place = editor.flow.screenToFlowPosition(at)
  const add = (kind: CanvasNode['kind']) => {
    const made = newNode(kind, place, { node: () => newId('node'), chat: () => newId('chat') })
    const node = { ...made, x: Math.round(place.x), y: Math.round(place.y - made.height / 2) }
    editor.doc.apply([{ change: 'add', node }])
    join(editor, { source: from, target: node.id, at }, t, say)
    editor.goTo(node.id)
  }
  const title = say(message('canvas.addNext'))
  editor.openMenu({
    at,
    label: title,
    parts: [
      {
        title,
        items: kinds.map((kind) => ({ label: t(`kind.${kind}`), onSelect: () => add(kind) })),
      },
    ],
  })
}
