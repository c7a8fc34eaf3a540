import { BatchScreen } from './batch-screen.tsx'

export default function BatchPage() {
  return <BatchScreen />
}
