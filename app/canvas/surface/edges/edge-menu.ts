import type { useTranslations } from 'next-intl'
import type { CanvasEdge } from '#lib/contract/canvas/canvas'
import type { Editor, MenuEntry } from '../editor.ts'
import type { Point } from '../shape/places.ts'
import { roleName } from '../use-names.ts'
import { offerBetween } from './roles.ts'

export type Words = ReturnType<typeof useTranslations<'canvas'>>

/** What can be done with an edge: another role that its target takes, or its end. */
export function openEdgeMenu(editor: Editor, edge: CanvasEdge, at: Point, t: Words) {
  const { doc } = editor
  const { nodes, edges } = doc.read()
  const source = nodes.get(edge.source)
  const target = nodes.get(edge.target)
  if (!source || !target) return
  const models = editor.modelsFor(target)
  const { fits } = offerBetween({ source, target, edges, models, instead: edge.id })
  const roles = fits
    .filter((role) => role !== edge.role)
    .map((role): MenuEntry => ({
      label: roleName(t, role, source.kind),
      onSelect: () => doc.apply([{ change: 'set', id: edge.id, fields: { role } }]),
    }))
  const remove = {
    label: t('do.deleteEdge'),
    onSelect: () => doc.apply([{ change: 'remove', id: edge.id }]),
  }
  editor.openMenu({
    at,
    label: roleName(t, edge.role, source.kind),
    parts: [{ title: t('useAs'), items: roles }, { items: [remove] }].filter(
      ({ items }) => items.length > 0,
    ),
  })
}
