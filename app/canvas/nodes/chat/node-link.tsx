'use client'

import { CornerDownRightIcon } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button } from '#components/ui/button'
import type { VideoBrief } from '#lib/contract/chat-tools'
import { useFile } from '#lib/delivery/use-file'
import { useSay } from '#lib/messages/use-say'
import { statusLabel } from '#components/video/progress/status-label.ts'
import { useEditor } from '../../surface/editor.ts'

/** What the chat made, in one line: it leads to the node that shows it. */
export function NodeLink({ brief }: { brief: VideoBrief }) {
  const say = useSay()
  const { doc, goTo } = useEditor()
  const { nodes } = useSyncExternalStore(doc.subscribe, doc.read, doc.read)
  const { file } = useFile(brief.fileId)
  const node = [...nodes.values()].find(
    (one) => 'versions' in one && one.versions.includes(brief.fileId),
  )
  return (
    <Button
      size="small"
      className="my-1 max-w-full"
      disabled={!node}
      onClick={() => node && goTo(node.id)}
    >
      <CornerDownRightIcon />
      <span dir="auto" className="truncate">
        {brief.prompt}
      </span>
      {file && <span className="shrink-0 text-tiny text-soft">{say(statusLabel(file))}</span>}
    </Button>
  )
}
