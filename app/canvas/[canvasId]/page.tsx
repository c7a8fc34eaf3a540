import { CanvasScreen } from '../surface/canvas-screen.tsx'

export default async function CanvasPage({ params }: { params: Promise<{ canvasId: string }> }) {
  const { canvasId } = await params
  return <CanvasScreen canvasId={canvasId} />
}
