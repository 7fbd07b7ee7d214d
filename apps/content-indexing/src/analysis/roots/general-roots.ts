/** Everyday roots: verbs, qualities, time, people, places. Written for this project. */
export const GENERAL_ROOTS = `
macam ringkas tipis langgar abai abdi ada adab adat adik aduk agama agar ajak aju akan akar akhir akibat aktif aku alam alas alat alih
alir amal amat ambang ambil ampuh anak ancam anda andal aneh anggap angin angka anjur antara anti antre apa apik arah
arti asal asing asuh atap atas atau awal awam awet ayah ayam badai bagai bagaimana bagus bahagia bahan bahas bahasa
bahaya bahwa baju baku balas balik banding bangga bangkit bangsa banjir bantah banyak barat basah batal batas batu
bawa bawah bayang bayi bebas beda bekal bela belah belakang belum benar benci benda bentang benua berangkat berani
berat beri beritahu berkah berkat bersih beruang besok betul biak biar biasa bibir bicara bijak bikin bilang binatang
bincang bingung bisa bisnis bocah boleh bor borong bosan buah buang buat budaya budi bujuk bukan bukit bulan bulat
bumi bunuh buru buruh buruk butuh cabut cagar cair cakap cakup campur cantik cantum cara cari catur cegah cemar cemas
cemerlang cepat cerah cerai cerita cermat cermin ceroboh cinta cipta ciri cocok contoh cuaca cuci cukup cuma curah
dalam damai dampak dan dapur darah darat dari darurat dasar datang datar daya debat dekat demi demikian dengan dengar
depan derajat derita detik dewasa diam dinding dingin diskusi dobel dorong dua duduk duga dunia durasi efektif efisien
ekonomi ekor empat enak enam entah erat fakta faktor fokus gagal gagas gairah galak gali ganda ganggu gantung garap
garis gaul gaya gelar gelombang gemar gempa giat gila golong gratis gubah gugur gula gulung guncang gunung habis
hadang hadap hakikat halang halus hamba hambat hampir hancur hangat hanya hapal harap hari harta harus hasrat hasut
hati haul haus hebat heboh hemat hendak hening heran hias hidang hidup hijau hilang himbau himpun hindar hitam hormat
hubung hujan huni ibadah ibu ikat ikhlas iklim imbang imbau inap inci indah indonesia ingin ini inisiatif inti intip
isap istana istirahat istri isu itu jadi jagat jahat jajak jalan jalin jalur jam jangan jangka jangkau jarang
jatuh jejak jelajah jelas jelma jembatan jemput jenuh jernih jeruk jika jiwa jodoh judul juga jujur jumlah jumpa juru
jurus juta kabar kabur kacau kadang kader kain kaji kakak kaki kalah kalau kali kalimat kamar kampanye kampung kanan
kandung kantong kapal kapan karena karir karya kasih kasus kaum kawal kawan kawasan kaya kejar keji kelas keliling
keluarga kemah kemarin kembali kembang kemudi kenal kenan kenang kendala kendara kental kerabat kereta kering keripik
kertas keruh kesan khas khawatir khusus kibar kikis kilo kini kira kiri kisah kita kitab koki kolektif komitmen kompak
kompeten komplain kondisi konflik konsep konsisten korban kosong kreatif kritis kuat kuliah kulit kumpul kunjung
kurang kursi kutip lacak lahan lahir lain lajang laju laku lalai lalu lama lambang lambat lampau lampu lancar langka
langkah langsung lantai lapang lapar lapis larang lari laris latar lawan lebar lebih leluasa lemah lembur lengkap
lepas letak lewat liar libat libur lihat lima limbah limpah lingkar lingkung lintas literasi logam lokal lolos lomba
lompat longgar luar luas luka lulus lupa lurus mahal mahir main maju makan makin makna maksimal maksud malam malas
malu mampu mana mandek manfaat mantap manusia marah mari martabat masak masalah masif masing masyarakat mata mati mau
mayoritas mekanisme melek memang menang mendiang mengapa menu mesin mesti metode miliar mimpi minat minggu minim minta
minum minyak misal misi miskin mobil model mohon motor muat muda mudah mulai mulia mulus mulut muncul mundur murah
murid murni musim musuh mutu nafkah naik nama nampak nanti nasi nasib nasihat negara negatif negeri netral niat nikmat
norma nyaman nyata nyawa obat olahraga oleh ombak omong orang otak otot pada padat padu pagar pagi paham pajang pakai
paksa paling pamer pandai pandang pangan panggung pangkal panjang pantai pantas panti papar parah partai partisipasi
paruh pasien pasif pasti patuh patut peka pekan pekerti pelosok peluang peluk pemuda penat pendam pendek penduduk
pengaruh penjuru penting penuh perang perdana perempuan pergi peristiwa perlu permata pernah persen pertama pesat
peserta pesisir pesta petik pikir pikul pimpin pinggir pintu piring pisau pola politik polusi pondok positif potensi
potong potret praktik praktis prestasi pria prihatin prioritas profesi profesional profil prosedur protes puas publik
puji pukul pulang pulau puluh punah puncak pungut punya putar putih racik ragam ragu rakit rakyat ramah ramai rambu
rampas rangka rangkai rangkul rangkum rangsang rantai rapi rasa rasio rata ratus rawan rekat rela rendah rentan
rentang resah resep respon restu ribu ribut rinci ringan ringkas rintang rintis rombak ruang rujuk rumit rumput rumus
runtuh rupa rupiah rusak rutin saat sabar sabtu sadar saja sakit saksi salah salam sama sambung sambut sampah sampai
samping sandar sanding sangat sanggup sangka santun sarana saring satu saudara saya sayang sayur sebab sebut sedang
sedih sedikit segala segar segera sejarah sejati sekali selaku selalu selang selaras selasa selenggara selesai selidik
selip selisih seluruh semangat sementara sempat sempit sempurna semua sendiri seni sentra sepi seragam serang serap
sering serius serta sesal sesuai setara setia siang siap siapa sibuk sidik sifat sigap sikap siklus silang silat simak
sinergi singgah singkat sisi sisip situ situasi solusi sopan sore sosok spesial stabil status strategi struktur suami
suasana sudah sudut suka sukses suku sulit sungai sungguh supaya surat suruh surut swadana swadaya swasta tabah tabrak
tadi tahan tahap tahu takar takut taman tambah tampak tampil tampung tanam tanding tanggal tanggap tangguh tangkap
tanpa tantang tanya tapi taruh tarung tata tatap tebal tebar tebus tegak tegas tegur tekad tekan tekuk tekun 
telaah teladan telah telat telusur teman tempat tempuh temu tenaga tenang tengah tenggat tentang tentu tepat tepi
terampil terang terap teras terbang terbit tertib terus tetangga tetas tiap tiba tiga tikung timbang timbul timbun
timpa timur tinggal tinggi tingkah tinjau tipis tiru titik titip tokoh tolak tombol tonggak tonjol topang total
transparan tua tubuh tuduh tuju tukar tulang tular tuli tulis tumbuh tumpang tumpuk tunda tunggal tunggu tunjang
tuntas tuntun tuntut turun turut tutup ujung ukir ulang ulas umat umum umur unggul ungkap ungkit unik unsur untuk
upaya urai urban urung urus urut usah usia usir usul usut utama utara utuh wadah wajah wajar waktu walau wanita warga
waris warna warta waspada wawancara wujud yakin yang yayasan zaman zona
`;
