import { Box } from '@mui/material';

/** The mark: a trail sign on its post, one plate pointing the way and one pointing back to who says so. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#0f6a60" />
      <rect x="14.5" y="5" width="3" height="23" rx="1.5" fill="#eaf5f2" />
      <path d="M7.5 7.5H21L26 11.25 21 15H7.5A1.2 1.2 0 0 1 6.3 13.8V8.7A1.2 1.2 0 0 1 7.5 7.5Z" fill="#f2b021" />
      <path
        d="M24.5 17.2H12L7 20.45 12 23.7H24.5A1.2 1.2 0 0 0 25.7 22.5V18.4A1.2 1.2 0 0 0 24.5 17.2Z"
        fill="#eaf5f2"
      />
    </svg>
  );
}

/** Mark and name. */
export function Brand({ size = 32, tone = 'inherit' }: { size?: number; tone?: string }) {
  return (
    <Box component="span" dir="ltr" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.25, color: tone }}>
      <Mark size={size} />
      <Box component="span" sx={{ fontWeight: 720, fontSize: size * 0.6, letterSpacing: '-0.02em', lineHeight: 1 }}>
        Waymark
      </Box>
    </Box>
  );
}
