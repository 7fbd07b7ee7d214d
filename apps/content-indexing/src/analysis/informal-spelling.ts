/** How people type on a phone, and what they mean. Words that are ordinary Indonesian in another sense are not here. */
const TABLE = `
gmn bagaimana|gmna bagaimana|gimana bagaimana|gmana bagaimana|bgmn bagaimana|bgaimana bagaimana|knp kenapa|kenapa kenapa|utk untuk
utuk untuk|untk untuk|yg yang|dg dengan|dgn dengan|dng dengan|krn karena|karna karena|jd jadi|jdi jadi|sdh sudah|udh sudah
udah sudah|dah sudah|blm belum|blum belum|tdk tidak|gak tidak|ga tidak|gk tidak|nggak tidak|ngga tidak|enggak tidak|kagak tidak
tak tidak|dr dari|dri dari|pd pada|pda pada|kpd kepada|org orang|kop koperasi|koprasi koperasi|thn tahun|bln bulan|tgl tanggal
hr hari|jt juta|rb ribu|hrs harus|bs bisa|bsa bisa|sm sama|dlm dalam|jg juga|spt seperti|sprt seperti|lbh lebih|bkin buat
bikin buat|duit uang|pake pakai|pakek pakai|make pakai|klo kalau|kalo kalau|kl kalau|aja saja|aj saja|ngurus urus|ngurusin urus
nyimpen simpan|nyimpan simpan|minjem pinjam|minjam pinjam|ngajuin aju|daftarin daftar|bayarin bayar|bikinin buat|nagih tagih
nulis tulis|nyatet catat|nyatat catat|nyari cari|cari cari|jualin jual|ngejual jual|ngirim kirim|kirimin kirim|ktr kantor
pgurus pengurus|pngurus pengurus|agt anggota|agta anggota|angg anggota|lap laporan|trs terus|tp tapi|tpi tapi|sy saya|sya saya
gw saya|gue saya|km kamu|bpk bapak|dst dan|dll lain|dsb dan|tsb tersebut|sbg sebagai|bbrp beberapa|brp berapa|brapa berapa
skrg sekarang|skrng sekarang|td tadi|nti nanti|ntar nanti|msh masih|msih masih|hny hanya|dpt dapat|dapet dapat|syrat syarat
sgt sangat|bgt sangat|banget sangat|gmpang mudah|gampang mudah|apk aplikasi|apps aplikasi|app aplikasi|hp ponsel|medsos media-sosial
wa whatsapp|web situs|website situs|blanja belanja|kredt kredit|pinjm pinjam|smpn simpan|gmnya bagaimana
`;

/** Informal spelling → the word as it is written. */
export const INFORMAL: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((pair) => pair.trim().split(' ') as [string, string]),
);
