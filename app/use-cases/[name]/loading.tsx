import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 72, wide: true }, { height: 240, wide: true }, { height: 320, wide: true }]} />
}
