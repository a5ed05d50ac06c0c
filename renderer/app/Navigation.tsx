import { NavLink, Stack, Text } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { PLACE_GROUPS, placeOf, type Place } from './places';

/** The page itself, or the place that a page below it belongs to (WAI-ARIA, aria-current). */
function currentKind(path: string, place: Place): 'page' | 'true' {
  return path === place.path ? 'page' : 'true';
}

/** The pages, grouped by what people come to do. */
export function Navigation() {
  const [path] = useLocation();
  const current = placeOf(path);
  return (
    <Stack gap="sm">
      {PLACE_GROUPS.map(({ label, places }) => (
        <div
          key={places[0]?.path}
          role="group"
          {...(label === null ? {} : { 'aria-label': label })}
        >
          {label !== null && (
            <Text size="xs" fw={600} c="dimmed" px={10} mb={2} aria-hidden>
              {label}
            </Text>
          )}
          {places.map((place) => (
            <NavLink
              key={place.path}
              component={Link}
              href={place.path}
              label={place.label}
              leftSection={<place.icon size={17} stroke={1.7} aria-hidden />}
              active={current === place}
              aria-current={current === place && currentKind(path, place)}
              px={10}
              py={6}
              styles={{ root: { borderRadius: 'var(--mantine-radius-sm)' } }}
            />
          ))}
        </div>
      ))}
    </Stack>
  );
}
