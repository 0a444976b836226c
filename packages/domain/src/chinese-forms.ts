/**
 * Characters of Traditional Chinese that papers about rights, money and companies are made of, each behind its simplified form.
 * Numerals that no paper may confuse keep their own form, and so do the texts that people read.
 */
const forms =
  "买買卖賣双雙约約协協议議签簽订訂违違赔賠偿償担擔义義务務权權责責争爭应應对對当當与與为為于於发發给給将將来來还還归歸贷貸债債资資产產项項额額价價总總计計币幣万萬亿億圆圓镑鎊欧歐费費账賬账帳货貨购購销銷" +
  "单單据據凭憑证證书書条條备備录錄纪紀会會确確认認结結让讓转轉继繼续續终終变變补補减減过過达達调調经經济濟营營业業关關联聯系係师師员員职職劳勞动動雇僱离離开開标標报報询詢称稱号號码碼电電话話传傳邮郵编編" +
  "区區县縣乡鄉广廣东東苏蘇宁寧陕陝辽遼台臺湾灣岛島华華国國际際贸貿银銀厂廠机機仪儀设設轮輪轴軸组組气氣车車运運输輸仓倉储儲医醫药藥疗療学學术術创創实實验驗质質检檢测測试試监監审審评評顾顧问問团團队隊进進" +
  "请請谢謝贵貴启啟复復阅閱览覽说說读讀写寫听聽见見视視觉覺观觀规規则則划劃图圖线線纸紙张張页頁层層级級时時间間历曆长長乐樂无無损損坏壞险險灾災难難诉訴讼訟执執决決讯訊网網络絡软軟内內个個两兩众眾优優伙夥" +
  "伟偉侧側俩倆亲親儿兒从從仅僅体體余餘佣傭净淨准準况況凯凱制製剂劑势勢办辦劲勁励勵历歷压壓厅廳厦廈叶葉吨噸响響园園围圍圣聖块塊坚堅垫墊场場声聲处處够夠夺奪奖獎妇婦孙孫宝寶宾賓宽寬寿壽尔爾尽盡属屬岁歲" +
  "带帶帮幫库庫庆慶庄莊废廢征徵径徑态態怀懷忆憶恶惡恒恆惯慣愿願战戰户戶扩擴抚撫护護拟擬择擇挂掛换換断斷显顯晓曉暂暫杂雜极極构構枪槍柜櫃树樹样樣桥橋梦夢欢歡毕畢汇匯汉漢沪滬浅淺浓濃涂塗润潤涛濤满滿滨濱澜瀾" +
  "灭滅灵靈炉爐点點热熱爱愛独獨狮獅环環现現玛瑪琼瓊画畫盖蓋盘盤矿礦础礎礼禮种種积積稳穩竞競笔筆筑築简簡类類粮糧紧緊纤纖纯純纳納纵縱纺紡细細绍紹绝絕统統绩績绿綠维維综綜缔締罗羅罚罰节節荣榮萨薩蓝藍虑慮装裝" +
  "训訓记記讲講许許论論访訪识識译譯诚誠详詳语語误誤谊誼谐諧贝貝负負财財贡貢贤賢败敗贺賀赁賃赏賞赖賴赠贈赢贏赵趙践踐轨軌载載辆輛辉輝边邊迁遷远遠连連选選递遞逻邏邻鄰郑鄭酿釀释釋鉴鑒针針钟鐘钢鋼钱錢钻鑽铁鐵" +
  "铜銅铝鋁锁鎖锋鋒错錯键鍵镇鎮门門闭閉闻聞阀閥阳陽阴陰阶階随隨隐隱顺順须須预預领領频頻题題颜顏风風飞飛饭飯饮飲馆館马馬驱驅驶駛骏駿鱼魚鲁魯鸟鳥鸿鴻黄黃齐齊龙龍后後并並亏虧诺諾";
const simplified: ReadonlyMap<string, string> = new Map(
  [...forms.matchAll(/(.)(.)/gu)].map(([, simple = "", traditional = ""]) => [traditional, simple]),
);
const traditional = new RegExp(`[${[...simplified.keys()].join("")}]`, "gu");

/** The same text, each of its characters in its place, in simplified characters. */
export const asSimplified = (text: string): string =>
  text.replace(traditional, (character) => simplified.get(character) ?? character);

/** Chinese is written with spaces between characters where a line is stretched. */
export const closeUp = (text: string): string => text.replace(/(?<=\p{Script=Han}) {1,4}(?=\p{Script=Han})/gu, "");
