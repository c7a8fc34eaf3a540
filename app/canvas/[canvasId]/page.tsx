import { CanvasScreen } from '../surface/canvas-screen.tsx'
import { sentCanvas } from './sent-canvas.ts'

export default async function CanvasPage({ params }: { params: Promise<{ canvasId: string }> }) {
  const { canvasId } = await params
  return <CanvasScreen key={canvasId} canvasId={canvasId} sent={await sentCanvas(canvasId)} />
}
