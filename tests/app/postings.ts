/**
 * Job postings in the style of real ones, written for these tests, and what a careful reader would take from each.
 * `wants`: what has to be suggested (`field:value`, a certain round as `round:x!`); `may`: what is no mistake.
 */
export interface Example {
  readonly name: string;
  readonly text: string;
  readonly wants: readonly string[];
  readonly may?: readonly string[];
}

export const POSTINGS: readonly Example[] = [
  {
    name: "senior ML engineer, feed ranking, large",
    text: `Senior Machine Learning Engineer, Feed Ranking

About the team
Our feed serves hundreds of millions of users every day. The Feed Ranking team owns the recommendation models that decide what they see.

What you'll do
- Build and improve candidate generation and learning-to-rank models
- Run A/B tests and read them with our analysts
- Work with backend engineers on low-latency serving

What we look for
- 5+ years of industry experience in machine learning
- Experience with recommender systems, personalization or ads ranking
- Strong computer science fundamentals
- Python and PyTorch

We are an equal opportunity employer. Benefits include medical, dental and vision insurance.`,
    wants: ["role:ml-engineer", "level:senior", "company:large", "track:recommendation", "topic:recommendation", "round:coding"],
  },
  {
    name: "applied scientist II, retail search",
    text: `Applied Scientist II - Search Relevance
Job summary
We are looking for an Applied Scientist to invent the next generation of search and ranking. You will own models from idea to launch: query understanding with transformers, embedding retrieval, and learning to rank on click data.
Basic qualifications
- 3+ years of building models for business applications
- PhD, or Master's degree and 4+ years of applied research experience
- Experience with neural networks and one of PyTorch or JAX
- Experience in search relevance, click-through rate prediction or personalization
Our interview process: a recruiter screen, a technical phone screen, then a loop of five interviews, one of them with a bar raiser.`,
    wants: ["role:applied-scientist", "level:mid", "track:recommendation", "topic:recommendation", "round:recruiter-screen!", "round:phone-screen!", "round:behavioral!"],
    may: ["topic:deep-learning"],
  },
  {
    name: "research scientist, LLM alignment, lab",
    text: `Research Scientist, Alignment
Our lab works on fundamental research in the safety of large language models. As a research scientist you set your own research agenda and publish at NeurIPS, ICML and ICLR.
You might be a good fit if you
- hold a PhD in machine learning or a related field
- have a publication record with first-author papers at top-tier conferences
- have trained reward models and used RLHF or other reinforcement learning on language models
- can implement novel algorithms in PyTorch or JAX from scratch
Interviews: an introductory call, a coding interview, and a research talk of one hour followed by questions.`,
    wants: ["role:research-scientist", "company:research-lab", "track:language", "track:research", "track:reinforcement", "topic:reinforcement-learning", "round:recruiter-screen!", "round:coding!", "round:project-talk!", "round:ml-coding"],
    may: ["topic:language-models"],
  },
  {
    name: "data scientist, product analytics",
    text: `Data Scientist, Growth

We're hiring a Data Scientist to help our product managers understand how people come to us and why they stay. You'll define product metrics, design experiments, and turn A/B tests into recommendations to the leadership team.

Requirements
• 2-4 years of experience in analytics or data science
• SQL every day, Python most days
• A solid grasp of hypothesis testing, causal inference and experimental design
• You explain results to stakeholders without jargon, and you know which business question is worth asking

The process: a call with our recruiter, a take-home exercise (three hours), and a case study interview with the team.`,
    wants: ["role:data-scientist", "level:mid", "topic:statistics", "round:take-home!", "round:case-study!", "round:recruiter-screen!"],
  },
  {
    name: "the assistant of a law firm, its process spelled out",
    text: `LLM Engineer

We are a company of 400 people and build software for law firms. You will own the assistant that answers questions on their documents: retrieval, prompts, evals and the agents around them.

What you bring
- three years of backend work in Python, one of them on LLM applications
- you have measured whether an answer is right, and not only looked at it

Our process
1. Recruiter screen
2. Machine learning fundamentals interview (45 min)
3. LLM system design (60 min)
4. Coding interview (60 min)
5. Behavioral interview (45 min)`,
    wants: ["role:llm-engineer", "level:mid", "track:language", "round:recruiter-screen!", "round:ml-breadth!", "round:genai-system-design!", "round:coding!", "round:behavioral!"],
    may: ["topic:language-models", "round:genai-system-design"],
  },
  {
    name: "ML platform engineer, start-up",
    text: `ML Platform Engineer (Series B, remote EU)

We build developer tools for robotics companies and have just closed our Series B. You will be the second person on the ML platform: training infrastructure on Kubernetes, a feature store, a model registry on MLflow, and model serving with Triton at low latency.

You have
- at least 5 years of software engineering, of which some with distributed systems
- run Kubernetes in production, with Terraform and CI/CD for models
- opinions about monitoring, drift detection and retraining

No leetcode. Instead: a pair programming interview on our code, and a system architecture discussion.`,
    wants: ["role:ml-platform-engineer", "level:senior", "company:start-up", "track:platform", "topic:production-ml", "round:system-design"],
    may: ["round:coding!"],
  },
  {
    name: "junior ML engineer, agency",
    text: `Junior Machine Learning Engineer

Are you a recent graduate who would rather ship than publish? Join our team of twelve. Together with a senior colleague you will train classification models on tabular data (XGBoost, logistic regression, random forests), put them behind an API and watch them.

Your profile: a degree in computer science, mathematics or similar; first projects with scikit-learn and pandas; good English. Experience with Docker is a plus.

How we hire: live coding for one hour, then lunch with the team.`,
    wants: ["role:ml-engineer", "level:entry", "topic:classical-ml", "round:coding!"],
  },
  {
    name: "staff ML engineer, fraud, fintech",
    text: `Staff Machine Learning Engineer - Fraud

Location: New York or remote (US)

You will set the technical direction of fraud detection: gradient boosting on billions of transactions, anomaly detection, propensity models, feature pipelines that answer in 40 ms. You'll mentor senior engineers and work with product managers and risk analysts.

What you bring
* 8+ years of experience, at least 3 of them leading projects across teams
* Depth in feature engineering, data quality and labeling under delayed feedback
* Distributed systems experience: Kafka, Flink, gRPC, low-latency services

Compensation range: $240,000 - $310,000 plus equity.`,
    wants: ["role:ml-engineer", "level:staff", "topic:classical-ml", "topic:data-and-features", "round:system-design"],
  },
  {
    name: "computer vision engineer, automotive supplier",
    text: `Computer Vision Engineer (m/f/d)

As an automotive supplier with 30,000 employees we develop perception for driver assistance. You develop object detection and semantic segmentation on camera and lidar data, from annotation guidelines to embedded deployment.

Requirements:
- Master's degree in computer science, electrical engineering or comparable
- 3+ years with convolutional networks and vision transformers in PyTorch, C++ on the target
- Knowledge of multi-object tracking and pose estimation`,
    wants: ["role:ml-engineer", "level:mid", "company:non-tech", "track:vision", "topic:vision"],
  },
  {
    name: "LLM engineer, early start-up",
    text: `AI Engineer, founding team

We are an early-stage startup (pre-seed, backed by angels) building LLM agents for accountants. You will own retrieval-augmented generation over messy documents, prompt design, evals, and the boring parts that make agents trustworthy.

- You have shipped LLM-powered products to real users
- You know why RAG fails: chunking, embeddings, hallucinations, and how to measure it
- TypeScript or Python, and you don't mind either

Process: intro call, a paid take-home project of four hours, an afternoon with us. AI tools are allowed throughout.`,
    wants: ["role:ml-engineer", "company:start-up", "track:language", "topic:language-models", "round:genai-system-design", "round:take-home!", "round:recruiter-screen!", "round:ai-assisted-coding!"],
  },
  {
    name: "data scientist, insurer, forecasting",
    text: `Senior Data Scientist Pricing & Forecasting

We are one of the leading insurers in the region. In the pricing team you build regression models and gradient boosting for claims, and time series forecasting for reserves: seasonality, hierarchical forecasts, uncertainty.

What you should bring
- Five or more years of professional experience with statistical models
- Bayesian methods, statistical inference and the patience to explain confidence intervals
- Experience presenting to stakeholders and translating a business problem into a model

We offer a pension plan and 30 days of vacation.`,
    wants: ["role:data-scientist", "level:senior", "company:non-tech", "track:forecasting", "topic:sequences", "topic:statistics"],
    may: ["topic:classical-ml"],
  },
  {
    name: "research engineer-like posting without a role we know",
    text: `Software Engineer, Payments

You will build and run the services that move money: APIs, ledgers, reconciliation. You enjoy clean code, careful migrations and being on call for what you built.

- 4+ years with Java or Kotlin
- Relational databases, event streaming
- Interest in machine learning is a plus, but not required`,
    wants: [],
    may: ["level:mid"],
  },
  {
    name: "principal applied scientist, ads",
    text: `Principal Applied Scientist, Advertising

Ads pay for a product that billions of people use. You will lead the science of our auction: CTR prediction, bandits for exploration, calibration, uplift measurement.

Qualifications
• 10+ years of experience in machine learning, much of it with ads ranking or recommendation
• A PhD in a quantitative field, or equivalent
• Experimentation at scale, causal inference
• You influence directors as easily as new graduates

The loop has six interviews, among them an ML system design interview, a research talk about your best project, and a behavioral interview.`,
    wants: ["role:applied-scientist", "level:staff", "company:large", "track:recommendation", "topic:recommendation", "topic:statistics", "round:ml-system-design!", "round:project-talk!", "round:behavioral!"],
  },
  {
    name: "new grad ML engineer, big tech",
    text: `Machine Learning Engineer, New Grad 2027

Join a global technology company whose products are used by a billion users. New grads rotate through ranking, ads and infrastructure before they choose a team.

Minimum qualifications
- Bachelor's, Master's or PhD in computer science or a related field, graduating in 2027
- Data structures and algorithms in one of Python, C++ or Java
- Coursework in machine learning

Candidates complete an online coding assessment before the interviews.`,
    wants: ["role:ml-engineer", "level:entry", "company:large", "round:coding!"],
  },
  {
    name: "MLOps engineer, bank",
    text: `MLOps Engineer

Our bank moves its models from notebooks to production. You will build the CI/CD for models, model serving on Kubernetes, monitoring for data drift, and a feature store with governance that satisfies the auditors.

You bring: 3-5 years as a DevOps or data engineer; Docker, Airflow, MLflow, Terraform; the ability to talk to model validators.

After a screening call with the hiring manager there are two technical interviews on site.`,
    wants: ["role:ml-platform-engineer", "level:mid", "company:non-tech", "track:platform", "topic:production-ml", "round:recruiter-screen!"],
  },
  {
    name: "machine learning scientist, drug discovery start-up",
    text: `Machine Learning Scientist, Generative Chemistry

We are a venture-backed company of 40 that designs molecules with diffusion models and graph networks. You will read, implement and extend papers, run ablations on our GPU cluster, and present what you learned to chemists.

Requirements: PhD or equivalent; deep learning in PyTorch or JAX with distributed training; experience in self-supervised or representation learning; the taste to know which baseline to try first.

As part of the process you give a job talk on your own work.`,
    wants: ["role:applied-scientist", "company:start-up", "topic:deep-learning", "round:project-talk!"],
    may: ["round:ml-coding", "track:research"],
  },
  {
    name: "NLP engineer, mid, consultancy, with noise about start-ups",
    text: `NLP Engineer (mid-level)

Our consultancy works for clients from early-stage founders to global insurers and hospitals. You will fine-tune language models for named entity recognition and question answering, and build chatbots that survive contact with customers.

- three years of experience with natural language processing
- transformers, tokenization, embeddings; LoRA or full fine-tuning
- you enjoy a startup mindset in a stable company`,
    wants: ["role:ml-engineer", "level:mid", "track:language", "topic:language-models"],
  },
  {
    name: "research scientist, vision, big company lab",
    text: `Research Scientist - Computer Vision (PhD)

Within the fundamental research group of our research lab you work on video understanding, 3D reconstruction and image segmentation, and publish at CVPR.

Minimum qualifications: PhD in computer science or a related field; peer-reviewed publications at CVPR, ICCV or NeurIPS as first author; experience with self-supervised learning in PyTorch or JAX.

During the onsite you will present your research to the group.`,
    wants: ["role:research-scientist", "company:research-lab", "track:vision", "track:research", "topic:vision", "round:project-talk!"],
    may: ["topic:deep-learning"],
  },
  {
    name: "data scientist intern",
    text: `Data Science Intern (Summer 2027)

Title: Data Scientist Intern
Join our retail team for twelve weeks. With a mentor you will explore demand forecasting for fresh food: time series with seasonality, a baseline that is hard to beat, and a dashboard for the store managers.

You study statistics, computer science or economics, in the final year of your degree; Python and SQL; curiosity.`,
    wants: ["role:data-scientist", "level:entry", "track:forecasting", "topic:sequences"],
  },
  {
    name: "robotics RL engineer",
    text: `Senior Deep Learning Engineer, Robot Control

You train policies for legged robots: reinforcement learning in simulation, sim-to-real transfer, offline RL from logs. Our small team of engineers values people who debug with plots rather than opinions.

What we ask for
- 6+ years of experience in machine learning or control
- policy gradient methods in depth, and neural networks in PyTorch or JAX on many GPUs
- C++ for the robot

Our interviews: a technical screen, a debugging exercise on a training script, an onsite.`,
    wants: ["role:ml-engineer", "level:senior", "track:reinforcement", "topic:reinforcement-learning", "topic:deep-learning", "round:phone-screen!", "round:ml-debugging!"],
    may: ["company:start-up"],
  },
  {
    name: "ML infrastructure, staff, large",
    text: `Staff Software Engineer, Machine Learning Infrastructure

You build what thousands of researchers train on: distributed training across tens of thousands of GPUs, scheduling with Kubernetes and Ray, inference infrastructure for models that serve billions of users.

- 8+ years of software engineering, high-throughput systems, microservices, gRPC
- CUDA, mixed precision and PyTorch internals
- GPU cluster operations, observability`,
    wants: ["role:ml-platform-engineer", "level:staff", "company:large", "track:platform", "topic:deep-learning", "round:system-design"],
  },
  {
    name: "data scientist, health system, causal",
    text: `Lead Data Scientist

At our hospital group you lead three analysts who measure whether care programs work: quasi-experiments, difference-in-differences, causal inference with messy records, and now and then a churn model.

Needed: seven years of experience, a degree in biostatistics or similar, R or Python, and the calm to tell a clinician that the effect is not there.

After two conversations we ask you for a case study presentation.`,
    wants: ["role:data-scientist", "level:senior", "company:non-tech", "topic:statistics", "round:case-study!"],
  },
  {
    name: "applied AI engineer, large SaaS",
    text: `Applied AI Engineer

About us: 9,000 colleagues, offices in 12 countries, software that accountants love. We have been in this market for 20 years.
The role: bring generative AI into our products. You design agentic workflows with tool use, evaluate LLM outputs, keep latency and cost under control, and roll out behind experiments.
You: 4+ years of software engineering, production experience with LLM applications, vector search and prompt engineering; you write evals before features.
Interviews: call with our talent partner, system design interview for an ML feature, coding round, values interview.`,
    wants: ["role:ml-engineer", "level:mid", "track:language", "topic:language-models", "round:genai-system-design", "round:recruiter-screen!", "round:coding!", "round:ml-system-design!", "round:behavioral!"],
  },
  {
    name: "ML engineer, consultancy, what others are and have",
    text: `Machine Learning Engineer (all genders)
Berlin, hybrid
We are looking for a Machine Learning Engineer who enjoys working with our senior data scientists. Our customers are insurers and retailers in eleven countries. You report to the Principal Engineer for AI.
- professional experience with Python, Docker
- computer vision or NLP knowledge is a plus
- our team has 10+ years of experience in consulting`,
    wants: ["role:ml-engineer"],
  },
  {
    name: "senior data scientist, marketplace, benefits with vision",
    text: `ABOUT US
We're the marketplace for used furniture, 120 people, Series A.
THE JOB
As a Senior Data Scientist you own recommendations and search ranking: candidate generation, learning to rank, personalization. You'll deploy models with Docker and Kubernetes.
PERKS
Health insurance, dental, vision; stock options; dog-friendly`,
    wants: ["role:data-scientist", "level:senior", "company:start-up", "track:recommendation", "topic:recommendation"],
  },
  {
    name: "director, no role of ours",
    text: "Director of Engineering. 15 years leading teams. You manage managers. Our platform uses machine learning for logistics.",
    wants: [],
  },
];
