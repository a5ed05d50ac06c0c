import {
  IconActivity,
  IconBell,
  IconBox,
  IconFileCheck,
  IconLayoutDashboard,
  IconListDetails,
  IconMessageQuestion,
  IconRoute,
  IconScale,
  IconSettings,
  IconTable,
  IconUrgent,
  type Icon,
} from '@tabler/icons-react';

export interface Place {
  readonly path: string;
  readonly label: string;
  readonly icon: Icon;
  /** Other paths that belong to it. */
  readonly covers: readonly string[];
}

export interface PlaceGroup {
  readonly label: string | null;
  readonly places: readonly Place[];
}

/** The pages that the navigation offers, grouped by what people come to do. */
export const PLACE_GROUPS: readonly PlaceGroup[] = [
  {
    label: null,
    places: [{ path: '/', label: 'Overview', icon: IconLayoutDashboard, covers: [] }],
  },
  {
    label: 'Register and watch',
    places: [
      { path: '/models', label: 'Models', icon: IconBox, covers: ['/explanations'] },
      {
        path: '/monitoring',
        label: 'Monitoring',
        icon: IconActivity,
        covers: ['/reports', '/windows'],
      },
      { path: '/canaries', label: 'Canaries', icon: IconScale, covers: [] },
      { path: '/alerts', label: 'Alerts', icon: IconBell, covers: [] },
      { path: '/incidents', label: 'Incidents', icon: IconUrgent, covers: [] },
    ],
  },
  {
    label: 'Govern',
    places: [
      { path: '/features', label: 'Features', icon: IconTable, covers: [] },
      { path: '/dataflows', label: 'Data flows', icon: IconRoute, covers: [] },
    ],
  },
  {
    label: 'Prove',
    places: [
      {
        path: '/requests',
        label: 'Requests',
        icon: IconMessageQuestion,
        covers: [],
      },
      { path: '/audit', label: 'Audit', icon: IconListDetails, covers: [] },
      { path: '/verify', label: 'Verify package', icon: IconFileCheck, covers: [] },
    ],
  },
  {
    label: null,
    places: [{ path: '/settings', label: 'Settings', icon: IconSettings, covers: [] }],
  },
];

/** The place that a path belongs to, so that the navigation can mark it. */
export function placeOf(path: string): Place | null {
  const places = PLACE_GROUPS.flatMap((group) => group.places);
  const isUnder = (root: string): boolean =>
    root === '/' ? path === '/' : path === root || path.startsWith(`${root}/`);
  return places.find((place) => [place.path, ...place.covers].some(isUnder)) ?? null;
}
