export default {
  title: 'مهامي',
  greeting: 'مسجَّل الدخول باسم %{name}',
  preparedBy: 'أعدّه %{name}',
  checksWait: 'كل عمليات التحقق المستحقة: %{count}',
  stale: 'الخادم لا يجيب؛ هذا آخر ما قاله.',
  group: {
    urgent: 'عاجل',
    suspension: 'معلَّق، بانتظار شخص ثانٍ',
    alarm: 'إنذارات',
    check: 'عمليات تحقق لك',
    'changes-requested': 'أُعيد إليك',
    review: 'للمراجعة',
    'admin-request': 'للتأكيد',
    snapshot: 'للنشر',
    draft: 'مسوداتك',
  },
  keys: { open: 'فتح المختار', next: 'التالي', previous: 'السابق', move: 'أسفل وأعلى' },
  empty: {
    title: 'الطريق خالٍ',
    text: 'لا شيء ينتظرك. الجديد يظهر هنا من تلقاء نفسه.',
    browse: 'تصفّح الدليل',
  },
};
