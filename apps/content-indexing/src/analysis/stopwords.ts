/**
 * Words that say nothing about what a text is about. They are left out of ranking, not of the texts. Words that name
 * something for a cooperative (usaha, anggota, simpan, modal, rapat, jumlah, cara, tahun) are never in this list.
 */
const WORDS = `
ada adalah agar akan aku anda antara apa apabila apakah atas atau bagaimana bagi bahkan bahwa banyak beberapa begitu belum
berapa berbagai berdasarkan berikut bila bisa boleh bukan cukup dalam dan dapat dari demi dengan di dia dll dsb dst dua guna
hal hanya harus hingga ia ialah ini itu jadi jangan jika juga kalau kami kamu karena ke kemudian kenapa kepada kita lagi lain
lalu lebih maka masih masing mana mengapa mereka merupakan meski misalnya mungkin namun nanti oleh pada paling para per perlu
pernah pula pun punya saat saja sama sampai sangat satu saya sebab sebagai sebelum sebuah secara sedang sehingga sejak
sekarang selain selalu selama seluruh semua seorang seperti serta sesuatu sesudah setelah setiap sudah supaya tadi tanpa tapi
telah tentang terhadap termasuk tersebut terus tetapi tiap tidak untuk waktu walau yaitu yakni yang ya tolong mohon gimana nya
the a an of to and or in on for with is are be by it its this that as at from how what which who why when do does can i we you
`;

export const STOPWORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
