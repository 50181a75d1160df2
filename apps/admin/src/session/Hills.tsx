import { Box } from '@mui/material';

/** The trail across the hills, painted in the rail's own colours. Decoration only. */
export function Hills() {
  return (
    <Box
      component="svg"
      viewBox="0 0 480 300"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden
      sx={{
        position: 'absolute',
        insetInline: 0,
        bottom: 0,
        width: '100%',
        height: '56%',
        display: { xs: 'none', md: 'block' },
      }}
    >
      <circle cx="372" cy="92" r="34" fill="#f2b021" opacity="0.92" />
      <path d="M0 172 C80 110 150 118 214 150 C276 92 372 84 480 146 V300 H0Z" fill="#124a44" />
      <path d="M0 216 C96 164 180 178 262 212 C332 176 410 178 480 206 V300 H0Z" fill="#0f3f3a" />
      <path d="M0 262 C110 222 214 234 300 256 C372 236 430 238 480 250 V300 H0Z" fill="#0a2623" />
      <path
        d="M96 300 C150 262 250 268 262 236 C270 214 214 204 226 182 C236 164 288 164 300 140"
        fill="none"
        stroke="#a5e3d8"
        strokeWidth="4"
        strokeLinecap="round"
        strokeDasharray="1 11"
      />
      <g transform="translate(168 188)">
        <rect x="-2.5" y="-44" width="5" height="92" rx="2.5" fill="#eaf5f2" />
        <path d="M-18 -38 H16 L27 -29 L16 -20 H-18 Z" fill="#f2b021" />
        <path d="M18 -14 H-12 L-22 -6 L-12 2 H18 Z" fill="#eaf5f2" />
      </g>
    </Box>
  );
}
