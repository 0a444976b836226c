import { labelledDocuments, labelledTemplates } from "./bench/entry-set.ts";
import { readPageTexts } from "./apps/server/platform/page-text.ts";
import * as dom from "./packages/domain/src/index.ts";
const rd=async(b)=>{const t=await readPageTexts(b,[]);return dom.readDocumentText(t.pages)};
for(const [tid,dn] of [["zh-purchase-1","zh-purchase-1: the odd way"],["en-service-1","en-service-1: the odd way"],["zh-purchase-1","zh-purchase-1: value in its brackets"],["en-guarantee-1","en-guarantee-1: the odd way"]]){
 const t=await rd(await labelledTemplates.find(x=>x.templateId===tid).bytes()); const d=await rd(await labelledDocuments.find(x=>x.name===dn).bytes());
 const r=dom.compareWithTemplate(dom.readTemplate(t,[]),d);
 console.log(dn,r.verdict,JSON.stringify(r.differences.slice(0,3).map(x=>[x.kind,x.field,x.template,x.document])).slice(0,1200));
 if(process.argv[2]) for(const x of [t,d]) console.log(x.pages.map(p=>p.lines.map(l=>`${l.box.x.toFixed(0)},${l.box.y.toFixed(0)} ${l.text}`).join("\n")).join("\n=====\n"));
}
