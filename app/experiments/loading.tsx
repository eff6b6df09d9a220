import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 116, wide: true }, { height: 190 }, { height: 190 }, { height: 190 }, { height: 190 }]} />
}
