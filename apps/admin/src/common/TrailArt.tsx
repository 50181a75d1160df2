import { Box } from '@mui/material';

/** Small drawings of the trail, in the colours of the theme. Decoration only. */
export function TrailArt({ kind }: { kind: 'clear' | 'fork' | 'fog' }) {
  return (
    <Box
      component="svg"
      viewBox="0 0 220 120"
      aria-hidden
      sx={{
        width: 220,
        height: 120,
        '& .hill-far': { fill: 'var(--wm-hill-far)' },
        '& .hill': { fill: 'var(--wm-hill)' },
        '& .path': {
          fill: 'none',
          stroke: 'var(--wm-path)',
          strokeWidth: 4,
          strokeLinecap: 'round',
          strokeDasharray: '1 9',
        },
        '& .post': { fill: 'var(--wm-post)' },
        '& .plate': { fill: 'var(--wm-blaze)' },
        '& .plate-back': { fill: 'var(--wm-plate)' },
        '& .fog': { fill: 'var(--wm-fog)' },
      }}
    >
      <path className="hill-far" d="M0 92 C30 60 62 54 92 74 C118 46 160 38 220 80 V120 H0Z" />
      <path className="hill" d="M0 104 C42 84 86 88 120 100 C156 90 190 92 220 102 V120 H0Z" />
      {kind === 'fork' ? (
        <>
          <path className="path" d="M22 116 C70 104 96 106 110 98 C124 90 118 78 96 74" />
          <path className="path" d="M110 98 C132 92 156 84 176 66" />
        </>
      ) : (
        <path className="path" d="M22 116 C76 100 132 110 150 92 C160 80 150 72 166 58" />
      )}
      <rect className="post" x="106" y="34" width="5" height="66" rx="2" />
      <path className="plate" d="M92 38 H126 L136 46.5 L126 55 H92 Z" />
      {kind === 'fork' && <path className="plate-back" d="M124 60 H92 L83 67 L92 74 H124 Z" />}
      {kind === 'fog' && (
        <>
          <rect className="fog" x="10" y="60" width="120" height="12" rx="6" />
          <rect className="fog" x="70" y="80" width="140" height="12" rx="6" />
          <rect className="fog" x="30" y="100" width="110" height="10" rx="5" />
        </>
      )}
    </Box>
  );
}
