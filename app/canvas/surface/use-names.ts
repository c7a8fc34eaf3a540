import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { AriaLabelConfig } from '@xyflow/react'
import type { CanvasEdgeRole, CanvasNode, CanvasNodeKind } from '#lib/contract/canvas/canvas'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'
import { firstWordsOf } from './edit/words-of.ts'
import type { NamesOf } from './shape/flow-elements.ts'

/** What nodes and edges are called, on the screen and by screen readers. */
export function useNames(doc: CanvasDoc): NamesOf & { ofId: (id: string) => string } {
  const t = useTranslations('canvas')
  return useMemo(() => {
    const node = (one: CanvasNode) => {
      const kind = t(`kind.${one.kind}`)
      const words = firstWordsOf(one)
      return words ? t('nodeName', { kind, words }) : kind
    }
    const ofId = (id: string) => {
      const found = doc.read().nodes.get(id)
      return found ? node(found) : ''
    }
    return {
      node,
      ofId,
      edge: ({ source, target, role }) =>
        t('edgeName', {
          from: ofId(source),
          to: ofId(target),
          role: roleName(t, role, doc.read().nodes.get(source)?.kind),
        }),
      nodeKind: t('nodeKind'),
      edgeKind: t('edgeKind'),
    }
  }, [t, doc])
}

type Words = ReturnType<typeof useTranslations<'canvas'>>

/** What a role is called: of a video that is used as a picture it says which frame is taken. */
export function roleName(t: Words, role: CanvasEdgeRole, source: CanvasNodeKind | undefined) {
  const isPicture = role === 'firstFrame' || role === 'lastFrame' || role === 'reference'
  return isPicture && source === 'video' ? t(`frameRole.${role}`) : t(`role.${role}`)
}

/** What the library itself says to screen readers. */
export function useFlowWords(): Partial<AriaLabelConfig> {
  const t = useTranslations('canvas')
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('flow.node'),
      'node.a11yDescription.keyboardDisabled': t('flow.node'),
      'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }) =>
        t('flow.moved', { direction, x, y }),
      'edge.a11yDescription.default': t('flow.edge'),
      'minimap.ariaLabel': t('do.minimap'),
      'handle.ariaLabel': t('handle.out'),
    }),
    [t],
  )
}
