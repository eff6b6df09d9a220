import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 40, wide: true }, { height: 420, wide: true }, { height: 320, wide: true }]} />
}
